"""python -m unittest test_background: the order of the runs, and what happens to interrupted and failed ones."""

import tempfile
import unittest
from pathlib import Path

import background


class Background(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = Path(folder.name)
        self.queue = self.work / "queue.txt"

    def test_runs_are_taken_in_order_and_a_run_waits_for_those_it_needs(self):
        self.queue.write_text("# first\n\nlast after one, two: script --a 'b c'\none: script\ntwo: script\n")
        taken = []
        background.lane(self.queue, self.work, lambda run, log: taken.append(run) or 0, lambda: False)
        self.assertEqual([run.name for run in taken], ["one", "two", "last"])
        self.assertEqual(taken[2].command, ("script", "--a", "b c"))

    def test_a_finished_run_is_not_repeated_and_one_that_fails_is_left_aside(self):
        self.queue.write_text("bad: script\ngood: script\n")
        taken = []
        for _ in range(2):
            background.lane(self.queue, self.work, lambda run, log: taken.append(run.name) or int(run.name == "bad"), lambda: False)
        self.assertEqual(taken, ["bad"] * background.TRIES + ["good"])

    def test_a_run_of_another_lane_is_left_to_it(self):
        self.queue.write_text("one: script\ntwo: script\n")
        taken = []
        with background.alone(self.work / "one.lock") as mine:
            self.assertTrue(mine)
            background.lane(self.queue, self.work, lambda run, log: taken.append(run.name) or 0, lambda: False)
        self.assertEqual(taken, ["two"])

    def test_a_lane_waits_for_what_another_one_makes_due(self):
        self.queue.write_text("one: script\ntwo after one: script\n")
        taken = []

        def finished() -> bool:
            (self.work / "one.done").touch()
            return True

        with background.alone(self.work / "one.lock"):
            background.lane(self.queue, self.work, lambda run, log: taken.append(run.name) or 0, finished)
        self.assertEqual(taken, ["two"])


if __name__ == "__main__":
    unittest.main()
