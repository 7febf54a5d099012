"""Plans: an hour or half an hour for a class, as lists of moments of the path.

Those of the app stand in ``N_name.toml``; a teacher's own is a file of the same form.
"""

from groundup.course.plans.listed import plan, plans
from groundup.course.plans.plan import Moment, Plan
from groundup.course.plans.reading import LONGEST, MOST, OWN, read
from groundup.course.plans.writing import text

__all__ = ["LONGEST", "MOST", "OWN", "Moment", "Plan", "plan", "plans", "read", "text"]
