// The pipeline as a board.
export const board = {
  "board.move_to": "Move to",
  "board.move_within": "Within the column",
  "board.up": "Up",
  "board.down": "Down",
  "board.first": "To the top",
  "board.last": "To the bottom",
  "board.column_empty": "Nobody here.",
  "board.not_contacted": "Not contacted yet",
  "board.by_hand": "By hand",
  "board.placed": "{name} has another place in {stage}",
  "board.not_placed": "{name} was not moved",
} as const;
