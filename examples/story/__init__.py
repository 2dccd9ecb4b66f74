"""The demo account as tables: who is who, what they buy, who follows whom, and what passed between us."""
