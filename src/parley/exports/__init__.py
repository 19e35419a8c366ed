"""From records to other forms: one module an output format."""
