"""How far a long command is, where no terminal shows a bar."""

from experiments.reporting.progress import lines_in_a_log, progress_bar


def test_a_log_hears_soon_and_then_now_and_then_how_far_it_is():
    """After 20 s, then 40, 80, 160 later, and from then on every five minutes."""
    said, seconds = [], [0.0]
    tell = lines_in_a_log("a study", said.append, lambda: seconds[0])
    tell(1000, 3000)  # the first thousand were there before
    for second in range(1, 1201):
        seconds[0] = float(second)
        tell(1000 + second, 3000)
    assert said[0] == "a study: 1,020 runs of 3,000, about 33 min left"
    assert [int(line.split()[2].replace(",", "")) - 1000 for line in said] == [20, 60, 140, 300, 600, 900, 1200]
    tell(2200, None)
    seconds[0] = 1500.0
    tell(2201, None)
    assert said[-1] == "a study: 2,201 runs"


def test_short_commands_say_nothing_in_a_log(capsys):
    with progress_bar("a study") as on_progress:
        on_progress(1, 2)
        on_progress(2, 2)
    assert capsys.readouterr() == ("", "")
