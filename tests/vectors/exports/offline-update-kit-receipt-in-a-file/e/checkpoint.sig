log.example - 7
3
lPvQ3YNvUDAWkubQ6t5yjuGexSv/8WBu2AfIV11aqhk=

— log.example AAAAAOkTX0qRPfdkDEobaE+94P5/dFw1UFyLAPz6dVE+SArA2t+ITKXIis4Dyn2EDYjzh+TbFRhCkczTOw59A0djeQg=
