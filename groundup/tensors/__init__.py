"""Tensors: how they are made, where their numbers live, what a dtype can hold."""
