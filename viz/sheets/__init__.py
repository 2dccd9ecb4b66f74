"""Answers as pictures: rows of bars, cells and dots, with tables that say the same."""
