"""The invented 四川省: 21 cities and prefectures, all counties, at 20,000 persons or at any other scale."""
