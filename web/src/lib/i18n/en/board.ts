// The pipeline as a board.
export const board = {
  "board.move_to": "Move to",
  "board.move_within": "Within the column",
  "board.step_up": "Up",
  "board.step_down": "Down",
  "board.step_first": "To the top",
  "board.step_last": "To the bottom",
  "board.column_empty": "Nobody here.",
  "board.not_contacted": "Not contacted yet",
  "board.by_hand": "By hand",
  "board.placed": "{name} has another place in {stage}",
  "board.not_placed": "{name} was not moved",
} as const;
