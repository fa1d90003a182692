"""Decks: pages of HTML as slides of native, editable shapes."""
