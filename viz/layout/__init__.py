"""Where things stand: pure functions from structure to positions, in drawing units, y downwards.

The same input gives the same positions; nothing here knows colours, languages or the browser.
"""
