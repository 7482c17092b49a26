"""The components of pages, by what they are about; `{% load ui %}` gives all of them."""
