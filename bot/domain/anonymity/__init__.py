"""The only way from answers to figures, in six steps. Pure: the counts and chance are arguments.

1. `suppression`: which groups are shown at all, so that none is under the threshold, and none can be had
   by subtracting shown groups from one another.
2. `crossing`: roles and licences cut the organisation in other ways; those that would tell of a few people
   together with teams and sites, or with one another, are hidden too.
3. `releases`: a second look at the same promise, by another road: nothing is released whose difference to
   what was released before is a handful of people.
4. `blurring`: the counts of what is shown are moved at random, once, when a round closes. What leaves this
   step may be published, compared and subtracted at will: whoever knew all other answers could still not
   be certain of the last. Rounding alone cannot give that: among twelve people one answer moves a share by
   8 points, so that rounded shares and eleven known answers tell the twelfth.
5. `publishing` does the four in order.
6. `figures` turns what is left into rounded shares and means with their uncertainty, and hides what looks
   unanimous.
"""

DEFAULT_THRESHOLD = 10
SMALLEST_THRESHOLD = 5
"""No setting goes below this."""
