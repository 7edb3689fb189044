"""The only way from answers to figures, in five steps. Pure: the counts and chance are arguments.

1. `suppression`: which groups are shown at all, so that none is under the threshold, and none can be had
   by subtracting shown groups from one another.
2. `releases`: a second look at the same promise, by another road: nothing is released whose difference to
   what was released before is a handful of people.
3. `blurring`: the counts of what is shown are moved at random, once, when a round closes. What leaves this
   step may be published, compared and subtracted at will: whoever knew all other answers could still not
   be certain of the last. Rounding alone cannot give that: among twelve people one answer moves a share by
   8 points, so that rounded shares and eleven known answers tell the twelfth.
4. `publishing` does the three in order.
5. `figures` turns what is left into rounded shares and means with their uncertainty, and hides what looks
   unanimous.
"""

DEFAULT_THRESHOLD = 10
SMALLEST_THRESHOLD = 5
"""No setting goes below this."""
