"""Turns publications and published figures into what a page shows; knows neither requests nor folders."""
