"""How far two interests of each contact are met, and on which road he came there."""
