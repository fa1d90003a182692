"""A page as a Word document that can be edited: real styles, lists, tables and fields, in the brand's colours and fonts.

- :mod:`.cascade` reads the page's own styles, as far as a word processor can follow them.
- :mod:`.rules` is the table of which element becomes which Word style; :mod:`.looks` the table of what those styles look like.
- :mod:`.reading` turns the page into :mod:`.blocks`, values that know neither HTML nor Word.
- :mod:`.body`, :mod:`.tables`, :mod:`.fields` and :mod:`.figures` write blocks; :mod:`.base`, :mod:`.styles`, :mod:`.lists`
  and :mod:`.furniture` what is around them; :mod:`.writer` puts all together.
"""
