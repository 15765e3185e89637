"""What we assume: parameter declarations, company files and practice presets, each number with its source."""
