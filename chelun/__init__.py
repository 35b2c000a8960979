"""Chelun 车轮: the rooms of the house, lowest first – engines, core, platform, people, cockpit (docs/house.md)."""
