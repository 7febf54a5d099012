"""Plain data in; a plotly figure, a graphviz graph or a player's payload out."""
