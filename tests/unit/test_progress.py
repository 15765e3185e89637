"""How far a long command is, where no terminal shows a bar."""

from experiments.reporting.progress import lines_in_a_log, progress_bar


def test_a_log_hears_every_five_minutes_how_far_it_is_and_how_long_it_takes():
    said, clock = [], iter([0.0, 1.0, 299.0, 300.0, 301.0, 600.0, 900.0])
    told = lines_in_a_log("a study", said.append, lambda: next(clock))
    for n_done in (1000, 1050, 1100, 1101, 1300):  # the first thousand were there before
        told(n_done, 1400)
    told(1301, None)
    assert said == [
        "a study: 1,100 runs of 1,400, about 15 min left",
        "a study: 1,300 runs of 1,400, about 3 min left",
        "a study: 1,301 runs",
    ]


def test_short_commands_say_nothing_in_a_log(capsys):
    with progress_bar("a study") as on_progress:
        on_progress(1, 2)
        on_progress(2, 2)
    assert capsys.readouterr() == ("", "")
