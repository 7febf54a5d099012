"""Words: the field's terms, a sentence each."""

from groundup.ui.course import words_page

words_page.show()
