// days(day)
// Number of the day, which is text, counted from the first of March of the year nought.
(reduce(n = 0, y IN [toInteger(substring(day, 0, 4)) - CASE WHEN substring(day, 5, 2) < '03' THEN 1 ELSE 0 END] |
              365 * y + y / 4 - y / 100 + y / 400) +
            (153 * ((toInteger(substring(day, 5, 2)) + 9) % 12) + 2) / 5 + toInteger(substring(day, 8, 2)))
