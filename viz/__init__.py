"""Pictures as data: layouts, views and the files drawn from them."""
