"""API keys: everybody his own, administrators all."""
