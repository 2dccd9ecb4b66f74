"""Webhooks: other tools are told what changed, signed by the rules of Standard Webhooks."""
