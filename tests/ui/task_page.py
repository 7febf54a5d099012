"""A page on which a task is drawn, without the shell: ``?task=ID`` names it."""

import streamlit as st

from groundup.course import tasks
from groundup.ui.components import code_panel
from groundup.ui.controls.widgets import control
from groundup.ui.course.task_stage import goal_line, stage
from tests.ui import tried_tasks


def draw():
    """The page."""
    st.set_page_config(layout="wide", initial_sidebar_state=230)
    st.title("A task")
    names = [one.id for one in tried_tasks.TASKS]
    with st.sidebar:
        code_panel.load_code()
        name = st.selectbox("Task", names, key="tried", bind="query-params")
    task = next(one for one in tried_tasks.TASKS if one.id == name)
    if task.kind != "goal":
        stage(task)
        return
    for one in task.settings:
        control(one)
    goal_line(task)


def draw_alone():
    """The page of a process of its own, in which the tried tasks are checked."""
    tasks.check_text, tasks.check_goal = tried_tasks.check_text, tried_tasks.check_goal
    draw()
