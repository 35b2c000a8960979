"""Engines: pure Python without Django, each usable and benchmarked alone; tables and history are passed in as values.

What lives here: one package an engine, and `faults`, the one thing they share: how an engine says "no".
What does not: who may see a value, how it is stored, what day it is, in which language the sentence is shown.
"""
