"""What every REST address stands on: rows, paging, filters, problems, tokens, the description.

Front door: `core.api.rest`.
"""
