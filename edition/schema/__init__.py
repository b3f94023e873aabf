"""Is it valid: schema languages (one file each, listed in `languages`), ids and pointers."""
