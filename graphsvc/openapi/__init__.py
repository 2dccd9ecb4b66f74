"""The OpenAPI document: what the routes tell of themselves, completed from the tables they stand behind."""
