"""Knows the commands of the frame; must never know what the pages say."""
