"""When the chapters of an iteration are to run: what is typed, what follows from the steps, what does not fit."""
