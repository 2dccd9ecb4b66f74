"""What users do: one folder each, with router.py (HTTP), service.py (one function per use), schemas.py."""
