"""Reference lists: what each entry says, and the identifiers of the papers it means."""
