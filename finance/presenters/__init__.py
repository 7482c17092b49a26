"""What stands on pages about money: properties between the rows and the templates."""
