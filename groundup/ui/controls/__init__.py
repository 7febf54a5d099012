"""How a control is declared, and how it becomes a widget bound to the link."""
