"""What can be asked of many records, and how good the records are."""
