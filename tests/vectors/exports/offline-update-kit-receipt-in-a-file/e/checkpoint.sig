log.example - 7
3
lPvQ3YNvUDAWkubQ6t5yjuGexSv/8WBu2AfIV11aqhk=

— log.example AAAAAKuq5RZhp2De4InfVKdl178ObJOuPSnV2p/aZBQmEXKjo3W4u3mTS+Y4dgWsZSsqzzCGushwqqhFww1HXGWjiw4=
