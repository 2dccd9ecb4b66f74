"""Who may come in and what he may see: users, rights, sessions, keys and the audit trail. Knows no HTTP."""
