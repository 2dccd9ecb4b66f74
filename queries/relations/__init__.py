"""What stands beside the people of an account: ties among them, products in use, channels of trade."""
