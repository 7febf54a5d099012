"""Pictures of the course itself."""
