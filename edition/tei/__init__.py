"""From TEI files to the model: secure parsing, pointers, the text that is read and the text that was transcribed."""
