"""The registers: source records; persons, enterprises, vehicles; 一人一档 and 一企一档."""
