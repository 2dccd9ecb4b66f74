"""The pages people open: each shows answers of the same services as the API, in words."""
