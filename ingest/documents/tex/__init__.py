"""TeX itself: tokens, arguments, accented letters and formulas, for papers and for their reference lists."""
