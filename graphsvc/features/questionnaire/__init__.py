"""The questionnaire behind the thermometer."""
