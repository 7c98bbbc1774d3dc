"""How good an extraction is: cuts held against answer keys that people wrote. Nothing here takes part in reading."""
