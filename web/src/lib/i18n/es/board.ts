export const board = {
  "board.move_to": "Mover a",
  "board.move_within": "Dentro de la columna",
  "board.step_up": "Arriba",
  "board.step_down": "Abajo",
  "board.step_first": "Al principio",
  "board.step_last": "Al final",
  "board.column_empty": "Nadie por aquí.",
  "board.not_contacted": "Sin contacto aún",
  "board.by_hand": "A mano",
  "board.placed": "{name} tiene otro lugar en {stage}",
  "board.not_placed": "{name} no se movió",
};
