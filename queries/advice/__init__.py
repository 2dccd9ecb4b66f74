"""What should somebody look at? One file of rules per topic, one answer of them all."""
