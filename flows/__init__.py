"""The Prefect flows: the stages of newsduck, composed."""
