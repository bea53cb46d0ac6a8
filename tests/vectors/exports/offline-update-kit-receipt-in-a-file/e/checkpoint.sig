log.example - 7
3
lPvQ3YNvUDAWkubQ6t5yjuGexSv/8WBu2AfIV11aqhk=

— log.example AAAAAPy5IY0zwYPhyZ2+kyyG0npclwJqgOg0hZYzW6K9VCorfAf9PE4EclyOcdGRO2AWP0ER71gxxTEvxLC/lxbIHw0=
