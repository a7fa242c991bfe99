"""Documents into readings: parsed text, times, figures, places, actors."""
