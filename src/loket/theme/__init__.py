"""Knows how things look: styles, typeface, icons, components; must never know what a page says or decides."""
